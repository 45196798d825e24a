/** What rooms were told and are to answer: for the lead who is missing, for the staff of a room three ready answers. */
import { signal } from "@preact/signals"
import { clockTime } from "../lib/clock"
import { answerWords, readyAnswers } from "../lib/reasons"
import { n, t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may, under, value } from "../lib/view"
import { Act, Answer, press } from "./press"
import { room } from "./seen"

interface RoomAnswer {
  text: string
  ready: string | null
  by: string
  at: number
}

interface Told {
  text: string
  at: number
  by: string
  rooms: string[]
  answers: Record<string, RoomAnswer>
}

const newest = () => under<Told>("told").sort(([, a], [, b]) => b.at - a.at)

export function ToldRooms() {
  const all = newest()
  if (!all.length) return null
  return (
    <section class="c-told" aria-label={t("Answers of the rooms")}>
      {all.slice(0, 3).map(([id, it], at) => (
        <Answers key={id} it={it} open={at === 0} />
      ))}
    </section>
  )
}

function Answers({ it, open }: { it: Told; open: boolean }) {
  const given = it.rooms.filter((id) => id in it.answers)
  const missing = it.rooms.filter((id) => !(id in it.answers))
  return (
    <details open={open}>
      <summary>
        <span>“{it.text}”</span>{" "}
        <strong>
          {n("{done} of {n} room has answered", "{done} of {n} rooms have answered", it.rooms.length, {
            done: given.length,
          })}
        </strong>
      </summary>
      <ul>
        {given.map((id) => {
          const answer = it.answers[id]
          return answer ? (
            <li key={id} class={answer.ready === "come" ? "c-told-come" : ""}>
              <Icon name={answer.ready === "come" ? "warn" : "check"} />
              <strong>{name(id)}</strong>
              <span>{answerWords(answer.ready, answer.text)}</span>
              <span class="c-soft">
                {answer.by}, {clockTime(answer.at, true)}
              </span>
            </li>
          ) : null
        })}
        {missing.length > 0 && (
          <li class="c-soft">
            <Icon name="clock" />
            <span>{t("Still missing: {rooms}", { rooms: missing.map(name).join(", ") })}</span>
          </li>
        )}
      </ul>
    </details>
  )
}

const name = (id: string) => room(id)?.name ?? id

interface Asked {
  notice: string
  text: string
  by: string
  answer: RoomAnswer | null
}

const typed = signal("")

/** In one's own room: the answer that the lead waits for. */
export function RoomAsked() {
  const it = value<Asked | null>("room.asked")
  if (!it || !may("rooms.answer")) return null
  const say = (text: string, ready?: string) =>
    press("answer", "rooms.answer", { notice: it.notice, text, ...(ready ? { ready } : {}) })
  const own = async () => {
    const text = typed.value.trim()
    if (text && (await say(text)) && typed.value.trim() === text) typed.value = ""
  }
  return (
    <section class="c-asked" aria-labelledby="c-asked">
      <h4 id="c-asked">{t("{name} asks this room for an answer", { name: it.by })}</h4>
      {it.answer && (
        <p class="c-answer">
          <Icon name="check" />
          {t("{name} answered: {answer}", { name: it.answer.by, answer: answerWords(it.answer.ready, it.answer.text) })}
        </p>
      )}
      <details key={it.notice} open={!it.answer}>
        <summary>{it.answer ? t("Answer something else") : t("Answer for the room")}</summary>
        <div class="c-acts">
          {readyAnswers().map(([ready, words]) => (
            <Act key={ready} pressed={it.answer?.ready === ready} onPress={() => say(words, ready)}>
              {words}
            </Act>
          ))}
        </div>
        <form class="c-asked-own" onSubmit={(event) => (event.preventDefault(), void own())}>
          <label>
            <span>{t("Or in your own words")}</span>
            <input maxLength={500} value={typed.value} onInput={(event) => (typed.value = event.currentTarget.value)} />
          </label>
          <button type="submit" class="c-act c-plain" disabled={!typed.value.trim()}>
            {t("Answer")}
          </button>
        </form>
      </details>
      <Answer place="answer" />
    </section>
  )
}
