/** When interpreters of one team hand over to each other; what is over is not told any more. */
import { clockTime, now } from "../lib/clock"
import { list, t } from "../lib/texts"

export function Handover({ times = [] }: { times?: readonly number[] | undefined }) {
  const words = handoverWords(times)
  return words && <span class="c-soft c-handover">{words}</span>
}

function handoverWords(times: readonly number[]): string | null {
  const ahead = times.filter((it) => it > now.value).map((it) => clockTime(it, true))
  return ahead.length ? t("Interpreters change at {times}", { times: list(ahead) }) : null
}
