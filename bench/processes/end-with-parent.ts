/** A benchmark that is killed says nothing to its processes, but their channel to it closes. */
process.on('disconnect', () => process.exit())
