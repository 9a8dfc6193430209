"""`python -m service`: the commands behind `./rainmaker`."""

from service.cli.main import app

if __name__ == "__main__":
    app(prog_name="./rainmaker")
