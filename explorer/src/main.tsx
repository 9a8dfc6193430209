import "@fontsource/source-serif-4/latin-600.css";
import "@fontsource-variable/source-sans-3/wght.css";
import "./style/base.css";
import "./style/controls.css";
import "./style/paths.css";
import "./style/map.css";
import "./style/topic.css";
import { render } from "preact";
import { App } from "./app";

render(<App />, document.getElementById("page")!);
