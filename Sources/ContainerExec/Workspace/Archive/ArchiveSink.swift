/// Takes the bytes of an archive as they come; where it waits, the archive's writer waits.
package typealias ArchiveSink = (RawSpan) throws(ContainerExecError) -> Void
