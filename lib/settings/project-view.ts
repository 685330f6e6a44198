/** A project as the menu shows it. */
export type ProjectView = {
  readonly slug: string;
  readonly name: string;
  /** Made up: every page says so while it is shown. */
  readonly isDemo: boolean;
  /** It is the one whose data is read. */
  readonly isShown: boolean;
};
