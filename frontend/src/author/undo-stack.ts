/** Steps of a sheet. The browser's own list forgets what a button changed in the page's tree. */

export interface Step {
  html: string;
  caret: number;
}

const MOST = 100;

export class UndoStack {
  private past: Step[] = [];
  private future: Step[] = [];

  constructor(private now: Step) {}

  /** Take note of a state; the same text again only moves the caret. */
  keep(step: Step): void {
    if (step.html === this.now.html) {
      this.now = step;
      return;
    }
    this.past = [...this.past.slice(1 - MOST), this.now];
    this.now = step;
    this.future = [];
  }

  undo(): Step | null {
    const before = this.past.pop();
    if (!before) return null;
    this.future.push(this.now);
    this.now = before;
    return before;
  }

  redo(): Step | null {
    const after = this.future.pop();
    if (!after) return null;
    this.past.push(this.now);
    this.now = after;
    return after;
  }
}
