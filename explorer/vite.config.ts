import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** Every asset beside itself as .gz, packed once and as well as gzip can, for the service to send as it is. */
function packed(): Plugin {
  let assets = "";
  return {
    name: "packed",
    apply: "build",
    configResolved(config) {
      assets = join(config.root, config.build.outDir, "assets");
    },
    closeBundle(error) {
      if (error) return;
      for (const name of readdirSync(assets).filter((each) => /\.(js|css)$/.test(each))) {
        writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [packed()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // no polyfill: it would be an inline script; no data: URLs, which the page's policy forbids
  build: {
    rolldownOptions: { checks: { pluginTimings: false } },
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  logLevel: "warn",
  server: {
    fs: { allow: [".."] },
    proxy: { "/graphql": process.env.RAINMAKER_URL ?? "http://127.0.0.1:8000" },
  },
});
