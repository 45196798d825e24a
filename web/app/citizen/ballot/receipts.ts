/** Receipts: what only this device knows of its ballot, and the code that each question is published under. */
import { page } from "../../lib/page"

const CODE = 20

const shelf = (poll: string): string => `palabre-receipt-${page.seat}-${poll}`

/** Makes the receipt of a ballot and keeps it on this device: 16 random bytes as hex. */
export function newReceipt(poll: string): string {
  const made = hex(crypto.getRandomValues(new Uint8Array(16)))
  try {
    localStorage.setItem(shelf(poll), made)
  } catch {
    // Nothing can be kept here: the ballot counts, and cannot be looked for later.
  }
  return made
}

export function receiptOf(poll: string): string | null {
  try {
    return localStorage.getItem(shelf(poll))
  } catch {
    return null
  }
}

export function forget(poll: string): void {
  try {
    localStorage.removeItem(shelf(poll))
  } catch {
    // It was never kept.
  }
}

/** The code of one question, so that two questions of a ballot cannot be told to belong together. */
export async function codeOf(poll: string, question: string, receipt: string): Promise<string> {
  const said = new TextEncoder().encode(`${poll}|${question}|${receipt}`)
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", said))).slice(0, CODE)
}

/** Only a page that came over a safe line can reckon codes. */
export const canReckon = (): boolean => globalThis.crypto?.subtle !== undefined

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
