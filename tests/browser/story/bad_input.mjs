export const title = "bad_input";
export async function play() {}
