"""The commands of `./rainmaker`, one module a command. Answers go to stdout, everything else to stderr."""
