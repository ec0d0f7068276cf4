/// Which dialect of tar an archive is written in; see tar(5).
enum ArchiveFormat: Sendable {
    /// POSIX pax: holds every name, size and hole. For engines, which read all of it.
    case pax
    /// POSIX ustar: what every tar program reads. A name that it cannot hold is an error, never cut short.
    case ustar
}
