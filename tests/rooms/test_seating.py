"""Seating: proposed, accepted, opened, recalled; nobody moves before a countdown has ended."""

from __future__ import annotations

from rooms import seating
from rooms.people import PersonId, RoomId
from rooms.seating import PLENARY, Proposal, Room, Seating, Stage

ANA, BEN, LEA = PersonId("ana"), PersonId("ben"), PersonId("lea")
R1, R2 = RoomId("r1"), RoomId("r2")
TWO = Proposal("c1", (Room(R1, "1", people=(ANA,)), Room(R2, "2", people=(BEN,), staff=(LEA,))), (), 7)


def accepted() -> Seating:
    return seating.accepted(seating.proposed(Seating(), TWO))


def test_who_has_a_seat_is_in_their_room_only_while_rooms_are_open() -> None:
    before = accepted()
    counting = seating.countdown_began(before, 10)
    opened = seating.opened(counting, 5)
    recalling = seating.countdown_began(opened, 20)
    closed = seating.closed(recalling)

    places = [each.where(ANA) for each in (before, counting, opened, recalling, closed)]

    assert places == [PLENARY, PLENARY, R1, R1, PLENARY]
    assert closed.seats[ANA] == R1


def test_whoever_has_no_seat_stays_in_the_plenary() -> None:
    assert seating.opened(accepted(), 5).where(PersonId("new")) == PLENARY


def test_a_visit_ends_with_the_round() -> None:
    visiting = seating.visited(seating.opened(accepted(), 5), LEA, R1)

    again = seating.opened(seating.closed(visiting), 9)

    assert visiting.where(LEA) == R1
    assert again.where(LEA) == R2


def test_a_person_placed_elsewhere_has_one_seat() -> None:
    opened = seating.placed(seating.opened(accepted(), 5), ANA, R2, staff=False)

    assert [room.people for room in opened.rooms.values()] == [(), (BEN, ANA)]
    assert opened.where(ANA) == R2


def test_before_the_accept_a_person_is_placed_in_the_proposal() -> None:
    placed = seating.placed(seating.proposed(Seating(), TWO), ANA, R2, staff=False)

    assert placed.proposal is not None
    assert [room.people for room in placed.proposal.rooms] == [(), (BEN, ANA)]


def test_a_proposal_during_the_countdown_leaves_the_countdown_alone() -> None:
    counting = seating.countdown_began(accepted(), 10)

    offered = seating.proposed(counting, TWO)

    assert (offered.stage, offered.moves_at) == (Stage.OPENING, 10)


def test_rooms_that_are_joined_share_one_room_and_the_other_stays_empty() -> None:
    joined = seating.joined(seating.opened(accepted(), 5), R1, R2)

    assert [room.people for room in joined.rooms.values()] == [(), (BEN, ANA)]
    assert joined.where(ANA) == joined.where(BEN) == R2
