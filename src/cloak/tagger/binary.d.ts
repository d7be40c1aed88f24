/** Files that the bundler puts into the program, by their path there. */
declare module '*.bin' {
  const path: string
  export default path
}
