/**
 * Each amount's part of their sum, 0 to 100 %. Amounts are decimal strings or numbers, none negative; when
 * all are 0 every share is 0. For bars only: money itself is never summed as a float.
 */
export function prepareShares(amounts: readonly (string | number)[]): readonly number[] {
  const numbers = amounts.map(Number);
  const sum = numbers.reduce((total, amount) => total + amount, 0);
  return numbers.map((amount) => (sum > 0 ? (amount / sum) * 100 : 0));
}
