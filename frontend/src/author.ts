/** The studio. Its forms work as they are; elements for it come here. */
export {};
