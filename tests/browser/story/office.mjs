export const title = "office";
export async function play() {}
