/** Ballots told on the telephone: which are still out, which wait for a second listener, and whom to telephone. */
import { now } from "../../lib/clock"
import { t } from "../../lib/texts"
import { Icon } from "../../lib/ui"
import { may, value } from "../../lib/view"
import { Act, press } from "../press"
import { byName, me, openPolls, personName } from "../seen"
import type { Poll, Telephone } from "../shapes"
import { waited } from "../words"
import { isKept, openDictation } from "./dictating"

const NONE: Telephone = { out: 0, waiting: [], people: [] }

export const telephone = (id: string): Telephone => value<Telephone>(`polls.${id}.telephone`) ?? NONE

export function TelephoneVote({ poll, id }: { poll: string; id: string }) {
  const waits = telephone(poll).waiting.some((it) => it.person === id)
  if (waits || !may("ballot.dictate")) return null
  return (
    <Act
      icon="phone"
      label={t("Take the ballot of {name} by telephone", { name: personName(id) })}
      onPress={() => openDictation(poll, id)}
    >
      {t("Take by telephone")}
    </Act>
  )
}

/** On the card: who is on the telephone and has not voted, and what waits for a read-back at the desk. */
export function TelephoneBallots({ id }: { id: string }) {
  const { waiting, people } = telephone(id)
  const free = people.filter((it) => !waiting.some(({ person }) => person === it))
  if (!waiting.length && !free.length) return null
  return (
    <div class="c-telephone">
      {waiting.map((it) => (
        <p key={it.person}>
          <Icon name="phone" /> {t("The ballot of {name} waits for a second listener", { name: personName(it.person) })}
          <span class="c-soft"> {waited(now.value - it.at)}</span>
        </p>
      ))}
      {free.length > 0 && (
        <ul class="c-members" aria-label={t("On the telephone, not voted yet")}>
          {free
            .sort((a, b) => byName(personName(a), personName(b)))
            .map((it) => (
              <li key={it}>
                <span class="c-member-name">
                  <Icon name="phone" /> {personName(it)}
                </span>
                <TelephoneVote poll={id} id={it} />
              </li>
            ))}
        </ul>
      )}
    </div>
  )
}

interface WaitingProps {
  id: string
  poll: Poll
  it: Telephone["waiting"][number]
  place: string
}

/** One ballot that was told: its operator reads it back, somebody else listens and confirms. The choice is not here. */
function Waiting({ id, poll, it, place }: WaitingProps) {
  const name = personName(it.person)
  const own = it.by === me()?.person
  const body = { poll: id, person: it.person }
  return (
    <div class="c-call c-call-waiting">
      <p class="c-call-head">
        <Icon name="phone" />
        <strong>
          {own
            ? t("The ballot of {name} waits for a second listener", { name })
            : t("Listen to the read-back of {name}", { name })}
        </strong>
        <span class="c-soft">{waited(now.value - it.at)}</span>
      </p>
      <p class="c-soft">{poll.question}</p>
      {!own && (
        <p>
          {t("{by} reads the ballot aloud in the call. Confirm only what you have heard {name} agree to.", {
            by: personName(it.by),
            name,
          })}
        </p>
      )}
      <div class="c-acts">
        {own && isKept(id, it.person) && (
          <Act icon="phone" onPress={() => openDictation(id, it.person)}>
            {t("Read it back …")}
          </Act>
        )}
        {!own && may("ballot.confirm") && (
          <Act
            tone="main"
            icon="check"
            label={t("Confirm the ballot of {name}", { name })}
            onPress={() => press(place, "ballot.confirm", { ...body, at: it.at })}
          >
            {t("I heard it: it is right")}
          </Act>
        )}
        {may("ballot.withdraw") && (
          <Act
            tone="quiet"
            label={t("The ballot of {name} is not right", { name })}
            onPress={() => press(place, "ballot.withdraw", body)}
          >
            {own ? t("Take it back") : t("It is not right")}
          </Act>
        )}
      </div>
    </div>
  )
}

/** At the desk: whatever of any open ballot waits for me to listen, or waits for somebody else and is mine. */
export function ReadBacks() {
  const all = openPolls().flatMap(([id, poll]) => telephone(id).waiting.map((it) => ({ id, poll, it })))
  if (!all.length || !may("ballot.confirm")) return null
  return (
    <>
      {all.map(({ id, poll, it }) => (
        <Waiting key={`${id} ${it.person}`} id={id} poll={poll} it={it} place="held" />
      ))}
    </>
  )
}

/** How many read-backs wait for me. */
export const toListen = () =>
  may("ballot.confirm")
    ? openPolls().reduce(
        (sum, [id]) => sum + telephone(id).waiting.filter((it) => it.by !== me()?.person).length,
        0,
      )
    : 0

