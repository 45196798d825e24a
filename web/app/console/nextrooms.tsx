/** While rooms are open: composing those of the next round. The open ones stay as they are. */
import { t } from "../lib/texts"
import { may } from "../lib/view"
import { Compose } from "./compose"
import { Composing, Failed } from "./composing/course"
import type { Proposal } from "./composing/shapes"
import { itemComposed } from "./composing/wish"
import { ProposalCards } from "./proposal"
import { itemNow } from "./seen"

export function NextRooms({ proposal }: { proposal: Proposal | null }) {
  const next = itemComposed()
  if (!may("rooms.compose") || !next || next.id === itemNow()?.id) return null
  return (
    <details class="c-card c-next-rooms" open={proposal !== null}>
      <summary>
        <strong>{t("Next rooms: {item}", { item: next.title })}</strong>{" "}
        <span class="c-soft">{t("The open rooms stay as they are.")}</span>
      </summary>
      <Compose again={proposal !== null} />
      {proposal?.state === "composing" && <Composing />}
      {proposal?.state === "failed" && <Failed proposal={proposal} />}
      {proposal?.state === "ready" && <ProposalCards proposal={proposal} accepted={false} later />}
    </details>
  )
}
