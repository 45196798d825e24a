/** Closing a ballot: asks first while somebody's ballot on the telephone is not in the box yet. */
import { n, t } from "../../lib/texts"
import { confirm } from "../confirm"
import { press } from "../press"
import type { Poll } from "../shapes"
import { telephone } from "./telephone"

export function closing(id: string, poll: Poll, place: string): void {
  const close = () => press(place, "poll.close", { poll: id, from: poll.state })
  const { out } = telephone(id)
  if (!out) return void close()
  confirm({
    title: t("Before you close the ballot"),
    lines: [
      n("{n} telephone ballot still out", "{n} telephone ballots still out", out),
      t("A ballot that nobody has confirmed does not count. A closed vote is never opened again."),
    ],
    choices: [{ words: t("Close now"), tone: "alarm", run: close }],
  })
}
