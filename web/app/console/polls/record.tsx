/** A vote that was counted: its protocol to print, and counting it once more from its ballots. */
import { signal } from "@preact/signals"
import { page } from "../../lib/page"
import { t } from "../../lib/texts"
import { Icon } from "../../lib/ui"
import { value } from "../../lib/view"
import { Act } from "../press"
import { me } from "../seen"
import type { Poll } from "../shapes"

type Recount = { at: "busy" } | { at: "done"; equal: boolean; say: string } | { at: "failed" }

const recounts = signal<Record<string, Recount>>({})

export function Record({ id, poll }: { id: string; poll: Poll }) {
  const role = me()?.role
  const found = recounts.value[id]
  if (value(`polls.${id}.result`) === undefined || (role !== "lead" && role !== "support")) return null
  return (
    <>
      <a
        class="c-act c-quiet"
        href={`/s/${encodeURIComponent(page.seat)}/protocol/${encodeURIComponent(id)}`}
        target="_blank"
        rel="noopener"
        aria-label={`${t("Protocol to print")}: ${poll.question}`}
      >
        <Icon name="letter" />
        <span>{t("Protocol to print")}</span>
      </a>
      {!poll.trial && (
        <Act
          tone="quiet"
          label={`${t("Count again")}: ${poll.question}`}
          off={found?.at === "busy"}
          onPress={() => recount(id)}
        >
          {t("Count again")}
        </Act>
      )}
      <p role="status" class={found ? `c-recount ${isFine(found) ? "" : "c-answer-refused"}` : "unseen"}>
        {found && said(found)}
      </p>
    </>
  )
}

const isFine = (it: Recount) => it.at === "busy" || (it.at === "done" && it.equal)

function said(it: Recount): string {
  if (it.at === "busy") return t("Counting again …")
  return it.at === "done" ? it.say : t("It could not be counted again just now. Please try later.")
}

const note = (id: string, it: Recount) => (recounts.value = { ...recounts.peek(), [id]: it })

async function recount(id: string): Promise<void> {
  note(id, { at: "busy" })
  try {
    const answer = await fetch(
      `/api/sessions/${encodeURIComponent(page.session)}/polls/${encodeURIComponent(id)}/recount`,
      { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ seat: page.seat }) },
    )
    if (!answer.ok) return void note(id, { at: "failed" })
    const { equal, say } = (await answer.json()) as { equal: boolean; say: string }
    note(id, { at: "done", equal, say })
  } catch {
    note(id, { at: "failed" })
  }
}
