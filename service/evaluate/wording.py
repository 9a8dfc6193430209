"""What the report says beside its figures."""

TITLE = "# Is it true? {dataset}"

INTRODUCTION = (
    "How well this system's numbers predict what happened, beside plain predictors.",
    "`{command}` makes this page; a second run gives the same figures.",
    "Brackets hold 95 % bootstrap intervals; a difference counts as better or worse where its whole interval lies"
    " on one side of 0.",
    "The definitions come after the figures.",
)

DEFINITIONS = """
## How it was measured

**The graph of a day** is made from interactions up to that day, ages and all, by the same code that answers questions;
statements count from their `since` on. **Path strength** is that of `trustedPaths` from candidate to listener with its
defaults (scope RELATED, six hops, introducers 0.8), asked of the system's own search.

**Forward.** Topics are drawn in proportion to the ties that formed on them within {days} days; on each, listeners with
whom a tie formed. A tie forms on a topic when somebody is acted on, on the topic or a part of it, of whom the listener
had no trust in scope. A listener's candidates are all their new ties two or three steps of trust away, and as many
others, drawn, at each distance: nearer people are trusted already, and farther ones would flatter everybody. AUC is how
often a new tie scores above another candidate, ties of score counting half. Precision at 10 is the part of a listener's
ten highest candidates with whom a tie formed, the mean over listeners; most have fewer than ten new ties, so it cannot
reach 1. Listeners are resampled, with all that is theirs.

| predictor | definition, on the topic's network (docs/meanings.md) |
|---|---|
| common neighbours | people tied to both, in whichever direction |
| Adamic–Adar | Σ 1 / ln(ties) over these people |
| preferential attachment | product of the numbers of ties of both |
| PageRank of the target | weighted by strength, damping 0.85, following trust |
| same community | whether one community of the topic holds both |
| chance | nothing: all candidates equal |

**Changes of the formula** rebuild the graph with other figures (half-life, saturation, weights) or ask otherwise
(introducer strength; several ways). *n ways, noisy-or*: 1 − Π (1 − strength) over the best path, the best that shares
no introducer with it, and so on.

**Held-out trust.** Pairs are drawn, all trust between the two is hidden (both directions, every topic), and the
strength of one relationship, age included, is guessed from the rest. Where a predictor says nothing, the constant
stands in; coverage is the part where it does speak. *Constant*: the mean of the other half. *Target's mean*: of the
trust in the speaker, in the topic's network. *Two-hop mean*: the trust in the speaker of those whom the listener
trusts, weighted by how much. *Corrected*: path strength put through an isotonic curve fitted to the other half.
*Corrected, and target's mean*: the mean of the two.

**Calibration.** All new ties two or three steps away on the drawn topics, beside others of listeners drawn from
everybody who trusts somebody in the network: of each, those with the most trust over two steps, and some of the rest at
each distance, each standing for as many as they were drawn from. Rows hold about as many new ties each. The likelihood
is the isotonic regression of such rows of the earlier window, straight between their means. Where activity falls from
one window to the next, it promises too much. It is kept beside the data as `likelihood.toml`; loaded with them,
`TrustedPath.likelihood` shows it for paths of two or three hops of a question about a topic, asked with the defaults.
"""

LIMITS = """
## What this does not say

That a tie formed does not mean that anybody introduced the two; path strength is judged by what it foretells, not by
what it causes. Who joined after the day has no ties yet and is nobody's candidate. The likelihood is that of a tie on
the topic or a part of it, two or three steps away, within the days given, on topics as busy as those drawn.
"""
