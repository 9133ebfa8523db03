/** The steps of the whole form, for undo: each is the JSON of its parameters. */

const MOST = 100;

export class Steps {
  private past: string[] = [];
  private future: string[] = [];

  constructor(private now: string) {}

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  keep(step: string): void {
    if (step === this.now) return;
    this.past = [...this.past.slice(1 - MOST), this.now];
    this.now = step;
    this.future = [];
  }

  undo(): string | null {
    const before = this.past.pop();
    if (before === undefined) return null;
    this.future.push(this.now);
    this.now = before;
    return before;
  }

  redo(): string | null {
    const after = this.future.pop();
    if (after === undefined) return null;
    this.past.push(this.now);
    this.now = after;
    return after;
  }
}
