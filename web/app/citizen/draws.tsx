/** Draws by lot: would I like to stand, what is my chance, was I drawn. */
import { signal } from "@preact/signals"
import { attributeWord } from "../lib/attributes"
import { type Draw, Result, draws, hasPage, planWords } from "../lib/draws"
import { ask } from "../lib/link"
import { page } from "../lib/page"
import { list, n, t } from "../lib/texts"
import { Button, Notice } from "../lib/ui"
import { may, value } from "../lib/view"
import { onTheTable } from "./mine"

interface Mine {
  stands: boolean
  /** In thousandths, of a draw with quotas whose list is published. */
  chance: number | null
  drawn: boolean
  /** My place among the substitutes. */
  substitute: number | null
  declined: boolean
}

const mine = (draw: string) => value<Mine>(`me.draws.${draw}`)
/** Of which draw the sentence about saying no is open. */
const doubting = signal<string | null>(null)

/** Those of the item on the table, those that are open, and those that drew me. */
export function Draws() {
  const item = onTheTable()?.item
  const shown = draws().filter((it) => it.id === item || it.state === "open" || mine(it.id)?.drawn)
  return (
    <>
      {shown.map((it) => (
        <One key={it.id} draw={it} />
      ))}
    </>
  )
}

function One({ draw }: { draw: Draw }) {
  const my = mine(draw.id)
  return (
    <section class="draw" aria-label={draw.title}>
      {draw.state === "open" && my && may("draw.volunteer") && <Standing draw={draw} stands={my.stands} />}
      {draw.state === "closed" && <p role="status">{t("The list is closed. It is published in a moment.")}</p>}
      {draw.state === "listed" && <Listed draw={draw} my={my} />}
      {draw.state === "drawn" && <Drawn draw={draw} my={my} />}
      {draw.state === "void" && (
        <Notice tone="warn">
          <p>{t("This draw does not count: {reason}", { reason: draw.voided.at(-1)?.reason ?? "" })}</p>
          {hasPage(draw) && <Check draw={draw} />}
        </Notice>
      )}
    </section>
  )
}

function Standing({ draw, stands }: { draw: Draw; stands: boolean }) {
  const say = (yes: boolean) => ask("draw.volunteer", { draw: draw.id, yes })
  const told = [...draw.groups, ...(draw.differ ? [draw.differ] : [])].map(attributeWord)
  return (
    <>
      <h2>{t("Would you like to stand?")}</h2>
      <ul>
        {planWords(draw).map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
      <p>{t("If you stand, your name is on a list that everybody can read. If you are drawn, you may still say no.")}</p>
      {told.length > 0 && <p>{t("The list also tells of everybody: {attributes}.", { attributes: list(told) })}</p>}
      {draw.panels && (
        <p>
          {t(
            "The 1,000 possible panels are published too. Whoever counts in how many of them you are can guess which quotas above you count for, above all if few people do. If you do not want that, do not stand.",
          )}
        </p>
      )}
      <Button
        kind="main"
        class="wide tall"
        icon={stands ? "check" : "hand"}
        pressed={stands}
        onPress={() => (stands ? undefined : say(true))}
      >
        {t("Yes, I would like to stand")}
      </Button>
      <p role="status">{stands ? t("You stand in this draw. You can take it back until the list is closed.") : ""}</p>
      {stands && (
        <Button kind="quiet" icon="undo" onPress={() => say(false)}>
          {t("I would rather not stand")}
        </Button>
      )}
    </>
  )
}

function Listed({ draw, my }: { draw: Draw; my: Mine | undefined }) {
  return (
    <>
      <p class="lead">{my?.stands ? t("You are on the list.") : t("You are not on the list.")}</p>
      {my?.chance != null && <p>{t("Your chance is {n} in 1,000.", { n: my.chance })}</p>}
      <p>{t("The list is published. Now a number is drawn in public; it decides.")}</p>
      <Check draw={draw} />
    </>
  )
}

function Drawn({ draw, my }: { draw: Draw; my: Mine | undefined }) {
  return (
    <>
      {my?.drawn && (
        <Notice tone="ok">
          <p class="lead">{t("You were drawn.")}</p>
          <SayNo draw={draw} />
        </Notice>
      )}
      {my?.substitute != null && <p class="lead">{n("You are the first substitute.", "You are substitute number {n}.", my.substitute)}</p>}
      {my?.declined && <p>{t("You have said no. Somebody else moves up.")}</p>}
      <h2>{t("Drawn by lot")}</h2>
      <Result draw={draw} />
      <Check draw={draw} />
    </>
  )
}

/** Two steps: a no is not taken back. */
function SayNo({ draw }: { draw: Draw }) {
  const decline = async () => {
    const answer = await ask("draw.decline", { draw: draw.id })
    doubting.value = null
    return answer
  }
  if (doubting.value !== draw.id)
    return (
      <Button kind="quiet" onPress={() => void (doubting.value = draw.id)}>
        {t("I would rather say no")}
      </Button>
    )
  return (
    <>
      <p>{t("Then the next substitute moves up. This cannot be taken back.")}</p>
      <Button onPress={decline}>{t("Yes, I say no")}</Button>
      <Button kind="quiet" onPress={() => void (doubting.value = null)}>
        {t("Cancel")}
      </Button>
    </>
  )
}

function Check({ draw }: { draw: Draw }) {
  return (
    <p>
      <a href={`/s/${page.seat}/draw/${draw.id}`} target="_blank" rel="noopener">
        {t("How everybody can check this draw")}
      </a>
    </p>
  )
}
