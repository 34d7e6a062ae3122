"""The bundled plugins; each uses the contract and the kit, nothing else."""
