/** While rooms are searched, and when there are none: calm words, the reasons, and what can be changed. */
import { useEffect } from "preact/hooks"
import { t } from "../../lib/texts"
import { Notice, announce } from "../../lib/ui"
import { value } from "../../lib/view"
import { namesOf, reasonWords, waysOut } from "./reasons"
import type { Proposal } from "./shapes"

/** When it goes because the rooms were found, whoever listens hears it. */
export function Composing() {
  useEffect(() => () => {
    if (value<Proposal | null>("rooms.proposal")?.state === "ready") announce(t("The proposed rooms are here."))
  }, [])
  return (
    <div class="notice calm c-composing" role="status">
      <span class="c-spinner" aria-hidden="true" />
      <div>{t("The rooms are being composed. This takes a moment.")}</div>
    </div>
  )
}

export function Failed({ proposal }: { proposal: Proposal }) {
  const reasons = proposal.reasons ?? []
  if (!reasons.length)
    return <Notice tone="warn">{t("No composition was found. Please try other numbers.")}</Notice>
  const names = namesOf(proposal)
  const ways = waysOut(reasons)
  return (
    <div role="alert">
      <Notice tone="warn">
        <strong>{t("These rooms cannot be composed:")}</strong>
        <ul>
          {[...new Set(reasons.map((it) => reasonWords(it, names)))].map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        {ways.length > 0 && <strong>{t("What you can do:")}</strong>}
        <ul>
          {ways.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
