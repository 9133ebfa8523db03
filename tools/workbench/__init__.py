"""The workbench of xblock-sdk with the blocks of our catalogue: a tool for developing, never for learners."""
