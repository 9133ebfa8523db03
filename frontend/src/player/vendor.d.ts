declare module "jquery-migrate";
declare module "underscore" {
  const underscore: object;
  export default underscore;
}
declare module "jquery" {
  export interface Collection {
    readonly length: number;
    [index: number]: HTMLElement;
    html(text: string): Collection;
    append(text: string): Collection;
    prepend(text: string): Collection;
  }
  interface JQuery {
    (selector: string | Element): Collection;
    [name: string]: unknown;
  }
  const jQuery: JQuery;
  export default jQuery;
}
