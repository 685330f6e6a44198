export type ToastEntry = { readonly id: number; readonly sentence: string };

const showMs = 5_000;
/** Past it the oldest leaves early. */
const toastsMax = 3;

let toasts: readonly ToastEntry[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** The toasts of this page, the oldest first. */
export const toastStore = {
  read: (): readonly ToastEntry[] => toasts,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  show: (sentence: string): void => {
    lastId += 1;
    const id = lastId;
    change([...toasts, { id, sentence }].slice(-toastsMax));
    setTimeout(() => toastStore.dismiss(id), showMs);
  },
  dismiss: (id: number): void => change(toasts.filter((toast) => toast.id !== id)),
};

function change(next: readonly ToastEntry[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}
