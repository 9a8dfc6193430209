"""Which change of the formula would predict better: chosen on one window, to be judged on the next."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.evaluate.formulas import AS_IT_IS, Formula, changes, together
from service.evaluate.forward import formula_scores, total_auc
from service.evaluate.history import History
from service.evaluate.samples import Sample


@dataclass(frozen=True, slots=True)
class Choice:
    """The changes tried; and the area under the ROC curve, on the window for choosing, of each and of the formula as
    it is."""

    tried: tuple[Formula, ...]
    tuned: Mapping[str, float]

    @property
    def best(self) -> str:
        """What came out highest, which may be the formula as it is."""
        return max(self.tuned, key=lambda name: self.tuned[name])


def choose(history: History, sample: Sample) -> Choice:
    """Try every change alone, then together the best of each group that does better than the formula as it is. Only
    `sample` is looked at."""

    def tuned(formula: Formula) -> float:
        return total_auc(sample, formula_scores(history, sample, formula))

    as_it_is = tuned(AS_IT_IS)
    groups = [{formula: tuned(formula) for formula in group} for group in changes(history.dataset)]
    areas = {formula: area for group in groups for formula, area in group.items()}
    better = [best for group in groups if group[best := max(group, key=lambda each: group[each])] > as_it_is]
    if len(better) > 1:
        all_in_one = together(better)
        areas[all_in_one] = tuned(all_in_one)
    return Choice(tuple(areas), {AS_IT_IS.name: as_it_is} | {formula.name: area for formula, area in areas.items()})
