/** On the cards of the two rooms of a move by hand: what it did there, and the way back. */
import { useEffect, useRef } from "preact/hooks"
import { t } from "../../lib/texts"
import { Icon, announce } from "../../lib/ui"
import { Act } from "../press"
import { personName } from "../seen"
import { byHand, effects, movedWords, seats, undoMove } from "./moving"
import type { SeatedRoom } from "./shapes"

export function Changed({ room, name }: { room: SeatedRoom; name: (room: string) => string }) {
  const it = byHand.value
  const before = it?.before.get(room.id)
  const step = it?.steps.find(({ from, to }) => from === room.id || to === room.id)
  const shown = it && before && step && it.steps.every((each) => each.to !== room.id || seats(room).includes(each.person))
  if (!shown) return null
  const told = effects(before, room)
  const first = it.steps[0]
  return (
    <div class="c-changed">
      {first?.to === room.id && <Spoken words={[movedWords(it, name), ...told.map((each) => each.words)]} person={first.person} />}
      <p>{movedWords(it, name)}</p>
      {told.length > 0 && (
        <ul>
          {told.map((each) => (
            <li key={each.words} class={each.better ? "c-better" : "c-worse"}>
              <Icon name={each.better ? "check" : "warn"} />
              <span>{each.words}</span>
            </li>
          ))}
        </ul>
      )}
      <Act
        icon="undo"
        label={t("Undo: {name} goes back to {room}", { name: personName(first?.person ?? ""), room: name(first?.from ?? "") })}
        onPress={async () => {
          await undoMove()
          if (first) keepFocus(first.person)
        }}
      >
        {t("Undo")}
      </Act>
    </div>
  )
}

/** Said once to screen readers; and the keyboard goes along with whoever was moved, if nothing else has it. */
function Spoken({ words, person }: { words: string[]; person: string }) {
  const said = useRef("")
  const all = words.join(" ")
  useEffect(() => {
    if (said.current === all) return
    said.current = all
    announce(words.join(". "))
    keepFocus(person)
  })
  return null
}

/** What had the focus went away with its card: it goes on where the person is now. */
function keepFocus(person: string): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>(`[data-person="${CSS.escape(person)}"] .c-name`)?.focus()
  })
}
