/// Fills a buffer with the next bytes of an archive and returns how many; 0 is the end.
///
/// It blocks until there is something, and throws when the stream broke off before its end.
package typealias ArchiveSource = (inout [UInt8]) throws(ContainerExecError) -> Int
