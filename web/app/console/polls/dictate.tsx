/** Taking a ballot by telephone: read aloud, say who hears it, enter it, read it back while somebody else listens. */
import { isNumbered } from "../../lib/choices"
import { t } from "../../lib/texts"
import { Dialog, Notice } from "../../lib/ui"
import { value } from "../../lib/view"
import { Act, Answer, hush, press } from "../press"
import { person, personName } from "../seen"
import type { Poll } from "../shapes"
import { type Dictation, dictation, forget, hide, put } from "./dictating"
import { Entry, isWhole, readBack } from "./entry"
import { Check } from "./fields"

const PLACE = "dictate"

export function DictateDialog() {
  const it = dictation()
  const poll = it ? value<Poll>(`polls.${it.poll}`) : undefined
  const close = () => {
    hush(PLACE)
    if (it && !isOut(it)) forget(it.poll, it.person)
    hide()
  }
  const name = it ? personName(it.person) : ""
  return (
    <Dialog title={t("Ballot of {name} by telephone", { name })} open={it !== null} onClose={close} class="c-dictate">
      {it && poll && <Step it={it} poll={poll} close={close} />}
    </Dialog>
  )
}

const isOut = ({ phase }: Dictation) => phase === "entered" || phase === "waiting"

function Step({ it, poll, close }: { it: Dictation; poll: Poll; close: () => void }) {
  if (it.phase === "taking") return <Taking it={it} poll={poll} close={close} />
  return isOut(it) ? <ReadBack it={it} poll={poll} /> : <Settled it={it} />
}

function Taking({ it, poll, close }: { it: Dictation; poll: Poll; close: () => void }) {
  const ready = it.told && isWhole(poll, it.choice)
  const send = async () => {
    const body = { poll: it.poll, person: it.person, choice: it.choice, told: it.told }
    if (await press(PLACE, "ballot.dictate", body)) put({ ...it, phase: "entered" })
  }
  if (poll.state !== "open") return <p>{t("This vote is closed.")}</p>
  return (
    <form onSubmit={(event) => (event.preventDefault(), void (ready && send()))}>
      <Number id={it.person} />
      <Check
        checked={it.told}
        change={(told) => put({ ...it, told })}
        words={t("I have told them that I and a second person will hear their choice")}
      />
      <h3>{poll.question}</h3>
      {poll.rule_say && <p class="c-soft">{poll.rule_say}</p>}
      <p class="c-soft">
        {isNumbered(poll)
          ? t("Read the question and the answers aloud with these numbers.")
          : t("Read the question and the answers aloud.")}
      </p>
      <Entry poll={poll} choice={it.choice} change={(choice) => put({ ...it, choice })} />
      <Answer place={PLACE} />
      <div class="c-acts">
        <button type="submit" class="c-act c-main" disabled={!ready}>
          {t("Enter this ballot")}
        </button>
        <Act onPress={close}>{t("Cancel")}</Act>
      </div>
    </form>
  )
}

function Number({ id }: { id: string }) {
  const number = person(id)?.telephone
  return number ? (
    <p class="c-tel">
      <a href={`tel:${number.replace(/[^+\d]/g, "")}`}>{number}</a>
    </p>
  ) : null
}

/** The choice stays with the operator, in this window, until the listener has answered. */
function ReadBack({ it, poll }: { it: Dictation; poll: Poll }) {
  const takeBack = async () => {
    if (await press(PLACE, "ballot.withdraw", { poll: it.poll, person: it.person })) forget(it.poll, it.person)
  }
  return (
    <>
      <Notice icon="phone">
        {t(
          "Entered. It counts once a second member of the team has listened and confirmed it, within five minutes and this call.",
        )}
      </Notice>
      <h3>{t("Read this back aloud")}</h3>
      <p>{poll.question}</p>
      <ul class="c-read-back">
        {readBack(poll, it.choice).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Answer place={PLACE} />
      <div class="c-acts">
        <Act onPress={hide}>{t("Leave it waiting")}</Act>
        <Act tone="quiet" onPress={takeBack}>
          {t("Take it back")}
        </Act>
      </div>
    </>
  )
}

const SETTLED: Partial<Record<Dictation["phase"], (name: string) => string>> = {
  counts: (name) => t("The ballot of {name} is in the box.", { name }),
  lapsed: (name) => t("The ballot of {name} was not confirmed and does not count.", { name }),
  settled: (name) => t("The ballot of {name} waits no longer. Ask the second person whether it was confirmed.", { name }),
}

function Settled({ it }: { it: Dictation }) {
  const name = personName(it.person)
  return (
    <>
      <Notice tone={it.phase === "counts" ? "ok" : "warn"}>{SETTLED[it.phase]?.(name)}</Notice>
      <div class="c-acts">
        <Act tone="main" onPress={() => forget(it.poll, it.person)}>
          {t("Done")}
        </Act>
      </div>
    </>
  )
}
