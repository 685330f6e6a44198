import { classNames } from './class-names.ts';

/** A quiet block the size of what will stand there. The caller gives the size. */
export function Skeleton({ className }: { readonly className: string }) {
  return <span aria-hidden="true" className={classNames('block rounded-sm bg-sunk', className)} />;
}
