/** What the wall knows of one room in full: sides, languages, turns, lines. */
import { list, n, t } from "../lib/texts"
import { Icon, SideMark } from "../lib/ui"
import { Handover } from "./handover"
import { personName, sides } from "./seen"
import type { Room } from "./shapes"
import { languageName } from "./words"

export function RoomFacts({ room: it }: { room: Room }) {
  return (
    <ul class="c-room-all">
      {it.topic && <li>{t("This room talks about: {topic}", { topic: it.topic })}</li>}
      {sides()
        .filter(({ id }) => it.sides[id])
        .map(({ id, title }) => (
          <li key={id}>
            <SideMark side={id} />{" "}
            {t("{side}: {here} of {expected}", { side: title, here: it.sides_here[id] ?? 0, expected: it.sides[id] ?? 0 })}
          </li>
        ))}
      {Object.entries(it.by_language).map(([code, found]) => (
        <li key={code}>
          {t("{side}: {here} of {expected}", { side: languageName(code), here: found.here, expected: found.of })}
          <small>{covering(it, code)}</small>
        </li>
      ))}
      <li>{turns(it)}</li>
      {!!it.handover?.length && (
        <li>
          <Handover times={it.handover} />
        </li>
      )}
      {it.weak > 0 && <li>{n("{n} with a weak line", "{n} with a weak line", it.weak)}</li>}
    </ul>
  )
}

function covering(it: Room, code: string): string {
  const found = it.by_language[code]
  if (!found?.here || Object.keys(it.by_language).length < 2) return ""
  if (found.alone) return t("{name} is alone in {language}", { name: personName(found.alone), language: languageName(code) })
  return found.covered ? t("understood or interpreted") : t("not everybody understands it")
}

function turns(it: Room): string {
  if (it.unheard === null) return t("Turns are not measured: this room uses none")
  if (!it.unheard.length) return t("Everybody here has had a turn")
  return t("No turn yet: {names}", { names: list(it.unheard.map(personName)) })
}

export function WeakLine() {
  return (
    <small class="c-weak">
      <Icon name="line" />
      {t("weak line")}
    </small>
  )
}
