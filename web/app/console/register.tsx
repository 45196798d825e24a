/** Before a ballot opens: how many may vote per side, whose name is left out, and adding somebody. */
import { n, t } from "../lib/texts"
import { SideMark } from "../lib/ui"
import { may, value } from "../lib/view"
import { Act, press } from "./press"
import { byName, person, personName, sides } from "./seen"
import type { Poll, Register as Entries } from "./shapes"
import { presenceWord } from "./words"

interface Props {
  id: string
  poll: Poll
  place: string
  done: () => void
}

export function Register({ id, poll, place, done }: Props) {
  const register = value<Entries>("people.register")
  const admitted = poll.admitted ?? []
  const out = (register?.left_out ?? []).filter((it) => !admitted.includes(it))
  const total = (register?.total ?? 0) + admitted.filter((it) => register?.left_out.includes(it)).length
  const open = async () => {
    if (await press(place, "poll.open", { poll: id, from: poll.state })) done()
  }
  return (
    <section class="c-register" aria-label={t("Who may vote")}>
      <h4>{n("{n} person may vote", "{n} people may vote", total)}</h4>
      <ul class="c-register-sides">
        {sides().map(({ id: side, title }) => (
          <li key={side}>
            <SideMark side={side} /> {title}: <strong>{perSide(side, register, admitted)}</strong>
          </li>
        ))}
      </ul>
      <p class="c-soft">
        {t(
          "Everybody checked in to this part of the day, connected at this moment or not. The list is frozen when the ballot opens.",
        )}
      </p>
      <LeftOut id={id} out={out} place={place} />
      {admitted.length > 0 && (
        <p class="c-soft">{t("Added by hand: {names}", { names: admitted.map(personName).sort(byName).join(", ") })}</p>
      )}
      <div class="c-acts">
        <Act tone="main" icon="vote" onPress={open}>
          {poll.seconds ? n("Open for {n} s", "Open for {n} s", poll.seconds) : t("Open the ballot now")}
        </Act>
        <Act tone="quiet" onPress={done}>
          {t("Not yet")}
        </Act>
      </div>
    </section>
  )
}

function perSide(side: string, register: Entries | undefined, admitted: readonly string[]): number {
  const added = admitted.filter((it) => register?.left_out.includes(it) && person(it)?.side === side).length
  return (register?.sides[side] ?? 0) + added
}

function LeftOut({ id, out, place }: { id: string; out: readonly string[]; place: string }) {
  if (!out.length) return <p>{t("Nobody is left out.")}</p>
  return (
    <details class="c-left-out" open={out.length <= 8}>
      <summary>
        {n("{n} person is left out, not checked in", "{n} people are left out, not checked in", out.length)}
      </summary>
      <ul class="c-members">
        {[...out]
          .sort((a, b) => byName(personName(a), personName(b)))
          .map((it) => (
            <li key={it}>
              <span class="c-member-name">
                {personName(it)} <SideMark side={person(it)?.side ?? null} />
                <small>{presenceWord(person(it)?.presence ?? "gone")}</small>
              </span>
              {may("poll.admit") && (
                <Act
                  icon="plus"
                  label={t("Add {name} to this ballot", { name: personName(it) })}
                  onPress={() => press(place, "poll.admit", { poll: id, person: it })}
                >
                  {t("Add")}
                </Act>
              )}
            </li>
          ))}
      </ul>
    </details>
  )
}
