"""The tests mirror the code; a test is a sentence, and a refusal test also shows that nothing was written."""
