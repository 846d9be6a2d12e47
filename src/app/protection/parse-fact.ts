/** What lies in a fact; null: no such fact. Only this program writes them. */
export function parseFact<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}
