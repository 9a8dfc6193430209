"""Every predictor's figures in one table, for the terminal."""

from service.evaluate.evaluation import Evaluation
from service.evaluate.formulas import AS_IT_IS
from service.evaluate.telling import Row, interval, verdict

HEADER = ("part", "predictor", "AUC", "precision at 10", "RMSE", "coverage", "ties promised", "beside path strength")


def summary(found: Evaluation) -> list[Row]:
    """The rows; what was not measured of a predictor is empty. Ties promised are those for each that formed."""
    calibration = found.calibration
    return [
        *(
            (
                "forward",
                name,
                interval(each.auc),
                interval(each.precision),
                "",
                "",
                "",
                _unless_own(name, verdict(each.auc_beyond)),
            )
            for name, each in found.forward.items()
        ),
        *(
            (
                "held-out",
                name,
                interval(each.auc),
                "",
                interval(each.rmse),
                f"{each.coverage:.0%}",
                "",
                _unless_own(name, verdict(each.rmse_beyond, less_is_better=True)),
            )
            for name, each in found.held_out.items()
        ),
        ("calibration", AS_IT_IS.name, "", "", "", "", f"{calibration.promised_by_strength:.2f}", ""),
        ("calibration", "likelihood", "", "", "", "", f"{calibration.promised_by_likelihood:.2f}", ""),
    ]


def _unless_own(name: str, beside: str) -> str:
    """Path strength is not compared with itself."""
    return "" if name == AS_IT_IS.name else beside
