"""Drafts: what the simulated lead puts to the vote where the programme only has a pattern; plainly made up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.crowd.client import Body

RECOMMENDATIONS, CANDIDATES = 3, 6
WITH_OPTIONS = ("single", "approval", "points", "ranking")
ADOPT = {
    "fr": "Recommandation fictive {n} : l'adopter ?",
    "de": "Erfundene Empfehlung {n}: annehmen?",
    "en": "Made-up recommendation {n}: adopt it?",
}
CHOOSE = {
    "fr": "Propositions fictives : lesquelles comptent le plus pour vous ?",
    "de": "Erfundene Vorschläge: Welche sind Ihnen am wichtigsten?",
    "en": "Made-up proposals: which matter most to you?",
}
SAY = {
    "fr": "Question fictive : qu'en pensez-vous ?",
    "de": "Erfundene Frage: Was denken Sie dazu?",
    "en": "Made-up question: what do you think?",
}
CANDIDATE = {"fr": "Proposition fictive {n}", "de": "Erfundener Vorschlag {n}", "en": "Made-up proposal {n}"}
SCHEME = {"lowest": "from", "highest": "to", "most": "max"}
"""Fields of a scheme that `poll.add` calls otherwise."""
FLAGS = ("secret", "by_side", "each_room", "receipts", "patterns", "trial")
REST = ("rule", "seconds", "late", "split")


def drafts(item: dict[str, Any], languages: list[str]) -> Iterator[Body]:
    """What to ask with `poll.add` for the pattern of an item, in the session's languages."""
    plan = item.get("poll") or {}
    if not plan or plan.get("question"):
        return
    spoken = [lang for lang in languages if lang in ADOPT] or ["en"]
    yes_or_no = plan["method"] == "yes-no-abstain"
    asked = ADOPT if yes_or_no else CHOOSE if plan["method"] in WITH_OPTIONS else SAY
    for number in range(1, (RECOMMENDATIONS if yes_or_no and not plan.get("texts") else 1) + 1):
        draft: Body = {"id": f"{item['id'][:50]}-demo-{number}", "method": plan["method"], "item": item["id"]}
        draft["question"] = _said(asked, spoken, number)
        if plan["method"] in WITH_OPTIONS:
            draft["options"] = plan.get("options") or [
                {"id": f"c{n}", "title": _said(CANDIDATE, spoken, n)} for n in range(1, CANDIDATES + 1)
            ]
        yield draft | _wished(plan)


def _said(words: dict[str, str], languages: list[str], n: int) -> dict[str, str]:
    return {lang: words[lang].format(n=n) for lang in languages}


def _wished(plan: dict[str, Any]) -> Body:
    """What the pattern says of how it is voted, under the names of `poll.add`."""
    scheme = {SCHEME.get(name, name): value for name, value in (plan.get("scheme") or {}).items()}
    if "bands" in scheme:
        scheme["bands"] = [{"up-to": band["up_to"] / 100, "title": band["title"]} for band in scheme["bands"]]
    flags = {name.replace("_", "-"): plan[name] for name in FLAGS if plan.get(name)}
    rest = {name: plan[name] for name in REST if plan.get(name) is not None}
    texts = {"texts": plan["texts"]} if plan.get("texts") else {}
    return {**scheme, **flags, **rest, **texts}
