/** What the server wrote into the page: whose seat this is, in which session, in which language. */

export type Catalogue = Record<string, string | string[]>

export interface Page {
  seat: string
  lang: string
  role: string
  session: string
  /** The help line's number, also while nothing has been shown yet. */
  telephone: string | null
  catalogue: Catalogue
}

function read(): Page {
  const written = document.getElementById("palabre")?.textContent
  const found = (written ? JSON.parse(written) : {}) as Partial<Page>
  return {
    seat: found.seat ?? "",
    lang: found.lang ?? (document.documentElement.lang || "en"),
    role: found.role ?? "",
    session: found.session ?? "",
    telephone: found.telephone ?? null,
    catalogue: found.catalogue ?? {},
  }
}

export const page: Page = read()
