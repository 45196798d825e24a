/** A ballot entered for somebody on the telephone: the answers in the order and with the numbers of every ballot. */
import { NO_OPINION, choices, inWords, isNumbered, marks, pointsOf, ranks } from "../../lib/choices"
import { n, number, t } from "../../lib/texts"
import { Act } from "../press"
import type { Poll } from "../shapes"

type Question = Pick<Poll, "method" | "options" | "scheme">

interface Props {
  poll: Question
  /** What this question is called, for screen readers and names of fields. */
  name: string
  choice: unknown
  change: (choice: unknown) => void
}

/** All answers of a ballot: of one question, or of each text. */
export function Entry({ poll, choice, change }: { poll: Poll; choice: unknown; change: (choice: unknown) => void }) {
  if (!poll.texts.length) return <Answered poll={poll} name={poll.question} choice={choice} change={change} />
  const all = (choice ?? {}) as Record<string, unknown>
  const put = (id: string, next: unknown) => {
    const { [id]: _was, ...rest } = all
    change(next === undefined ? rest : { ...rest, [id]: next })
  }
  return (
    <ol class="c-entry-texts">
      {poll.texts.map((it) => (
        <li key={it.id}>
          <strong>{it.title}</strong>
          {it.body && <p class="c-soft">{it.body}</p>}
          {it.measures.length > 0 && (
            <ul>
              {it.measures.map((measure) => (
                <li key={measure.id}>{measure.title}</li>
              ))}
            </ul>
          )}
          <Answered poll={poll} name={it.title} choice={all[it.id]} change={(next) => put(it.id, next)} />
        </li>
      ))}
    </ol>
  )
}

/** Whether it is a whole ballot: something in it, and each part of it within what is offered. */
export function isWhole(poll: Poll, choice: unknown): boolean {
  if (!poll.texts.length) return fits(poll, choice)
  const given = Object.values((choice ?? {}) as Record<string, unknown>)
  return given.length > 0 && given.every((it) => fits(poll, it))
}

/** As in `missing` of the citizens' ballot: a ranking of all options lacks none. */
function fits(poll: Question, choice: unknown): boolean {
  if (choice === undefined) return false
  if (poll.method === "points") return spent(choice) > 0 && spent(choice) <= pointsOf(poll)
  if (poll.method === "ranking" && poll.scheme.top === undefined) return (choice as string[]).length === ranks(poll)
  return true
}

function Answered(props: Props) {
  switch (props.poll.method) {
    case "approval":
      return <Several {...props} />
    case "scale":
      return <Scale {...props} />
    case "points":
      return <Points {...props} />
    case "ranking":
      return <Ranking {...props} />
    case "consent":
      return <Consent {...props} />
    case "words":
      return <Words {...props} />
    default:
      return <One {...props} />
  }
}

const none = (ids: string[]) => (ids.length ? ids : undefined)

function One({ poll, name, choice, change }: Props) {
  return (
    <fieldset class="c-entry">
      <legend class="unseen">{name}</legend>
      {choices(poll).map((it, at) => (
        <label key={it.id} class="c-check">
          <input type="radio" name={`entry ${name}`} checked={choice === it.id} onChange={() => change(it.id)} />
          {isNumbered(poll) && <span class="c-option-number">{at + 1}</span>} {it.title}
        </label>
      ))}
    </fieldset>
  )
}

function Several({ poll, choice, change }: Props) {
  const ids = (choice ?? []) as string[]
  const most = poll.scheme.most ?? poll.options.length
  const inOrder = (some: string[]) => poll.options.map((it) => it.id).filter((id) => some.includes(id))
  return (
    <fieldset class="c-entry">
      <legend class="c-soft">{n("At most {n} answer", "At most {n} answers", most)}</legend>
      {poll.options.map((it, at) => (
        <label key={it.id} class="c-check">
          <input
            type="checkbox"
            checked={ids.includes(it.id)}
            disabled={!ids.includes(it.id) && ids.length >= most}
            onChange={(event) =>
              change(
                none(event.currentTarget.checked ? inOrder([...ids, it.id]) : ids.filter((other) => other !== it.id)),
              )
            }
          />
          <span class="c-option-number">{at + 1}</span> {it.title}
        </label>
      ))}
      <label class="c-check">
        <input
          type="checkbox"
          checked={choice !== undefined && !ids.length}
          onChange={(event) => change(event.currentTarget.checked ? [] : undefined)}
        />
        {t("None of these")}
      </label>
    </fieldset>
  )
}

function Scale({ poll, name, choice, change }: Props) {
  return (
    <fieldset class="c-entry c-entry-scale">
      <legend class="unseen">{name}</legend>
      {marks(poll).map((it) => (
        <label key={it} class="c-check">
          <input type="radio" name={`entry ${name}`} checked={choice === it} onChange={() => change(it)} />
          {number(it)}
        </label>
      ))}
      <label class="c-check">
        <input
          type="radio"
          name={`entry ${name}`}
          checked={choice === NO_OPINION}
          onChange={() => change(NO_OPINION)}
        />
        {t("No opinion")}
      </label>
    </fieldset>
  )
}

const spent = (choice: unknown) =>
  Object.values((choice ?? {}) as Record<string, number>).reduce((sum, it) => sum + it, 0)

function Points({ poll, choice, change }: Props) {
  const given = (choice ?? {}) as Record<string, number>
  const points = pointsOf(poll)
  const { most = points } = poll.scheme
  const put = (id: string, value: number) => {
    const { [id]: _was, ...rest } = given
    const next = value > 0 ? { ...rest, [id]: value } : rest
    change(Object.keys(next).length ? next : undefined)
  }
  const left = points - spent(choice)
  return (
    <div class="c-entry">
      <p role="status" class={left < 0 ? "c-need" : "c-soft"}>
        {left < 0 ? n("{n} point too many", "{n} points too many", -left) : n("{n} point left", "{n} points left", left)}
      </p>
      {poll.options.map((it, at) => (
        <label key={it.id} class="c-entry-points">
          <span>
            <span class="c-option-number">{at + 1}</span> {it.title}
          </span>
          <input
            type="number"
            inputMode="numeric"
            min={0}
            max={most}
            value={given[it.id] ?? 0}
            onInput={({ currentTarget: { valueAsNumber } }) => put(it.id, Math.trunc(valueAsNumber) || 0)}
          />
        </label>
      ))}
    </div>
  )
}

/** Pressed in the order of preference; pressed again an answer is taken back. */
function Ranking({ poll, choice, change }: Props) {
  const order = (choice ?? []) as string[]
  const top = ranks(poll)
  const toggle = (id: string) =>
    change(none(order.includes(id) ? order.filter((it) => it !== id) : [...order, id].slice(0, top)))
  return (
    <div class="c-entry">
      <p class="c-soft">{t("Press the answers in their order of preference; press again to take one back.")}</p>
      {poll.options.map((it, at) => {
        const place = order.indexOf(it.id)
        return (
          <Act
            key={it.id}
            pressed={place >= 0}
            off={place < 0 && order.length >= top}
            label={
              place < 0
                ? `${at + 1} ${it.title}`
                : t("{number} {answer}: place {place}", { number: at + 1, answer: it.title, place: place + 1 })
            }
            onPress={() => toggle(it.id)}
          >
            <span class="c-option-number">{at + 1}</span> {it.title}
            {place >= 0 && <strong class="c-entry-place">{t("Place {place}", { place: place + 1 })}</strong>}
          </Act>
        )
      })}
    </div>
  )
}

function Consent({ poll, name, choice, change }: Props) {
  const given = (choice ?? null) as { choice: string; words?: string } | null
  return (
    <div class="c-entry">
      <One poll={poll} name={name} choice={given?.choice} change={(next) => change({ choice: next })} />
      {given && given.choice !== "consent" && (
        <label>
          <span>{t("In their words (may stay empty)")}</span>
          <textarea
            rows={2}
            maxLength={500}
            value={given.words ?? ""}
            onInput={({ currentTarget: { value } }) =>
              change({ choice: given.choice, ...(value.trim() ? { words: value } : {}) })
            }
          />
        </label>
      )}
    </div>
  )
}

function Words({ poll, choice, change }: Props) {
  const most = poll.scheme.most ?? 3
  const given = (choice ?? []) as string[]
  return (
    <div class="c-entry">
      {Array.from({ length: Math.min(most, given.length + 1) }, (_, at) => (
        <input
          key={at}
          maxLength={40}
          aria-label={t("Word {number}", { number: at + 1 })}
          value={given[at] ?? ""}
          onInput={({ currentTarget: { value } }) =>
            change(none(Object.assign([...given], { [at]: value }).filter((it) => it.trim())))
          }
        />
      ))}
    </div>
  )
}

/** The ballot in words, a line each, to be read back aloud. */
export function readBack(poll: Poll, choice: unknown): string[] {
  if (!poll.texts.length) return [inWords(poll, choice)]
  const all = (choice ?? {}) as Record<string, unknown>
  return poll.texts.map((it) =>
    t("{text}: {answer}", {
      text: it.title,
      answer: it.id in all ? inWords(poll, all[it.id]) : t("left blank"),
    }),
  )
}
