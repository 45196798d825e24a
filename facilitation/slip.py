"""The paper that goes into the box: what somebody chose, folded so that its size says nothing.

Rules:
- How large a folded paper is depends on the poll alone: as much as its longest answer could need, and never more than
  `LARGEST`. An answer that does not fit is refused; nobody is told so by a larger paper.
- It says what was chosen, of which side the voter is where the poll tells sides apart, and the number for a receipt
  where the poll has receipts. Never who, when, or in which order.
- Unfolded it is read as any other choice is: what the ballot does not offer does not count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from facilitation.ballots import Paper, heaped, read
from facilitation.polls import WHOLE, Poll, Sums

LARGEST = 64 * 1024
"""Bytes; more than that comes over no connection."""
STEP = 64
CHARACTER = 4
"""Bytes that one may take."""
SIDE, ANSWER, OPTION, FRAME = 64, 40, 12, 48
WORDS_OF_CONSENT, WORD, WORDS = 500, 40, 3

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[str, str, Any]).decode


class OpenedSlip(msgspec.Struct, frozen=True):
    """A paper as it was taken out of the box. `receipt`: the number that the voter's device made, if any."""

    side: str
    paper: Paper
    receipt: str = ""


def size(poll: Poll) -> int:
    """How many bytes every folded paper of this poll has."""
    options = sum(len(option.id) + OPTION for option in poll.options)
    words = {
        "consent": WORDS_OF_CONSENT * CHARACTER,
        "words": (poll.scheme.most or WORDS) * (WORD * CHARACTER + OPTION),
    }.get(poll.method, 0)
    answer = ANSWER + options + words
    questions = [text.id for text in poll.texts] or [WHOLE]
    whole = FRAME + (SIDE if poll.tells_sides_apart else 0) + sum(len(each) + OPTION + answer for each in questions)
    return min(LARGEST, -(-whole // STEP) * STEP)


def fold(poll: Poll, side: str, choice: Any, receipt: str | None = None) -> bytes | None:
    """That choice, of somebody of that side, folded; None where it does not fit."""
    content = _encode((side if poll.tells_sides_apart else "", (receipt or "") if poll.receipts else "", choice))
    folded, room = len(content).to_bytes(4) + content, size(poll)
    return folded.ljust(room, b"\0") if len(folded) <= room else None


def unfold(poll: Poll, folded: bytes) -> OpenedSlip | None:
    """None for what no voter could have put in."""
    if len(folded) != size(poll):
        return None
    try:
        side, receipt, choice = _decode(folded[4 : 4 + int.from_bytes(folded[:4])])
    except msgspec.MsgspecError:
        return None
    paper = read(poll, choice)
    return None if paper is None else OpenedSlip(side, paper, receipt)


def counted(poll: Poll, slips: Iterable[OpenedSlip]) -> Sums:
    """All papers of a box heaped up; nothing is left of their order."""
    taken = list(slips)
    receipts = [
        (receipt_of(poll.id, question, slip.receipt), question, what)
        for slip in taken
        if slip.receipt
        for question, what in slip.paper.slips
    ]
    return heaped(poll, ((slip.side, slip.paper) for slip in taken), receipts)


def receipt_of(poll: str, question: str, number: str) -> str:
    """What is published for one question: whoever has the number finds their slip, and no two slips of one paper."""
    return hashlib.sha256(f"{poll}|{question}|{number}".encode()).hexdigest()[:20]
