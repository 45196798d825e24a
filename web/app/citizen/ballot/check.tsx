/** "Check my ballot", folded: the codes of my receipt, and what was published under them. */
import { useEffect, useState } from "preact/hooks"
import { slipWords } from "../../lib/choices"
import { t } from "../../lib/texts"
import { Notice } from "../../lib/ui"
import { value } from "../../lib/view"
import type { Numbered } from "../mine"
import { WHOLE, questions } from "./answers"
import { canReckon, codeOf, receiptOf } from "./receipts"

/** Code, question, slip: all that was in the box, sorted by code. */
type Published = [string, string, string][]

export function CheckMyBallot({ poll }: { poll: Numbered }) {
  const receipt = poll.receipts ? receiptOf(poll.id) : null
  if (!receipt) return null
  return (
    <details class="check-ballot">
      <summary>{t("Check my ballot")}</summary>
      <Notice tone="warn">
        <p>{t("Whoever sees these codes can see how you voted. You need not show them to anybody, and nobody may ask you to.")}</p>
      </Notice>
      {canReckon() ? <Codes poll={poll} receipt={receipt} /> : <p>{t("This browser cannot work out your codes on this connection.")}</p>}
    </details>
  )
}

function Codes({ poll, receipt }: { poll: Numbered; receipt: string }) {
  const published = value<Published>(`polls.${poll.id}.receipts`)
  const codes = useCodes(poll, receipt)
  return (
    <>
      <p>
        {published
          ? t("This is what lay in the box under your codes:")
          : t("When the result is published, your choice can be found under these codes:")}
      </p>
      <ul class="codes">
        {codes.map(([question, code]) => (
          <li key={question}>
            {question !== WHOLE && <span>{poll.texts.find(({ id }) => id === question)?.title}</span>}
            <code>{code.replace(/(.{5})(?=.)/g, "$1 ")}</code>
            {published && <Found poll={poll} slips={published.filter(([known]) => known === code).map(([, , slip]) => slip)} />}
          </li>
        ))}
      </ul>
    </>
  )
}

function Found({ poll, slips }: { poll: Numbered; slips: string[] }) {
  if (!slips.length) return <span>{t("Nothing lies under this code.")}</span>
  return <b>{slips.map((slip) => slipWords(poll, slip)).join(" · ")}</b>
}

function useCodes(poll: Numbered, receipt: string): [string, string][] {
  const [codes, set] = useState<[string, string][]>([])
  useEffect(() => {
    const reckon = async (question: string): Promise<[string, string]> => [question, await codeOf(poll.id, question, receipt)]
    void Promise.all(questions(poll).map(reckon)).then(set)
  }, [poll.id, receipt])
  return codes
}
