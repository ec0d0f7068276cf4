/// What was seen of a token source.
enum TokenSighting {
    /// It is there, and by what it was known.
    case there(TokenSourceDescription, by: String)
    /// It is not there, and what was looked for.
    case absent(String)
    /// The program runs where it should be there, but it is not, and why: nothing after it is looked for, because the
    /// identity of a machine would stand in for that of a job.
    case incomplete(CredentialError)
}
