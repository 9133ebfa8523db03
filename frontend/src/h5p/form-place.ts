/** A place in the parameters: where a field reads and writes, and what stands beside it. */
import { isObject, type Json, type JsonObject } from "./form-model";

export interface Place {
  /** "questions[2].answers[0].text", as the server names places in its problems. */
  path: string;
  read(): Json | undefined;
  write(value: Json | undefined): void;
  /** The values beside this one, by name. */
  beside(): JsonObject;
}

/** The place of the whole content. */
export function rootPlace(holder: { params: JsonObject }): Place {
  return {
    path: "",
    read: () => holder.params,
    write: (value) => {
      holder.params = isObject(value) ? value : {};
    },
    beside: () => ({}),
  };
}

/** A field of the object that stands at `place`; the object is made when it is first written into. */
export function inside(place: Place, name: string): Place {
  const object = (): JsonObject => {
    const value = place.read();
    return isObject(value) ? value : {};
  };
  return {
    path: place.path ? `${place.path}.${name}` : name,
    read: () => object()[name],
    write: (value) => {
      const changed = { ...object() };
      if (value === undefined) delete changed[name];
      else changed[name] = value;
      place.write(changed);
    },
    beside: object,
  };
}

/** One item of the list that stands at `place`. */
export function itemOf(place: Place, number: number): Place {
  const list = (): Json[] => {
    const value = place.read();
    return Array.isArray(value) ? value : [];
  };
  return {
    path: `${place.path}[${number}]`,
    read: () => list()[number],
    write: (value) => {
      const changed = [...list()];
      changed[number] = value ?? null;
      place.write(changed);
    },
    beside: () => ({}),
  };
}

/** What a library holds: its fields stand in `params`, and the server's paths leave that word out. */
export function paramsOf(place: Place): Place {
  const params = inside(place, "params");
  return { ...params, path: place.path };
}

/** The id of a field's control; links of the list of problems lead to it. */
export function idOf(path: string): string {
  return `h5p-${path}`;
}
