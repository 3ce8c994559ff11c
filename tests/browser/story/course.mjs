export const title = "course";
export async function play() {}
