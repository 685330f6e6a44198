import { classNames } from './class-names.ts';

export type ButtonLook = {
  /** `main` is the one action of a form or page; `danger` cannot be undone; `bare` sits inside rows and bars. */
  readonly tone?: 'main' | 'plain' | 'danger' | 'bare' | undefined;
  readonly size?: 'regular' | 'small' | undefined;
};

const tones = {
  main: 'border-accent bg-accent text-accent-ink hover:opacity-90',
  plain: 'border-hairline-strong bg-raised text-ink hover:border-control',
  danger: 'border-over bg-raised text-over-ink hover:bg-over hover:text-paper',
  bare: 'border-transparent bg-transparent text-muted hover:bg-sunk hover:text-ink',
} as const;

const sizes = { regular: 'h-9 px-3 text-base', small: 'h-7 px-2 text-sm' } as const;

/** The button's look for what has to be a link: same size, same states. */
export function buttonClassNames({ tone = 'plain', size = 'regular' }: ButtonLook = {}): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap',
    'no-underline transition-opacity duration-[120ms] disabled:opacity-55 aria-disabled:opacity-55',
    tones[tone],
    sizes[size],
  );
}
