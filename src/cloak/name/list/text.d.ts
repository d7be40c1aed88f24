/** Lists that the bundler puts into the program as text. */
declare module '*.txt' {
  const text: string
  export default text
}
