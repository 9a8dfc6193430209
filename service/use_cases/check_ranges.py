"""What all questions' numbers are checked by."""

from service.domain.errors import InvalidInput


def check_range(field: str, value: float, least: float, most: float) -> None:
    """InvalidInput unless `least ≤ value ≤ most`, NaN refused too."""
    if not least <= value <= most:
        raise InvalidInput(field, f"must be from {least} to {most:,}, not {value}.")


def check_strength(field: str, value: float) -> None:
    """InvalidInput for what is no strength, in (0, 1]."""
    if not 0 < value <= 1:
        raise InvalidInput(field, f"must be above 0 and at most 1, not {value}.")
