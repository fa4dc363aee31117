/** The texts that travel with the film. */

export const LICENSE = `The Matinee Test Reel

Creative Commons CC0 1.0 Universal (CC0-1.0), Public Domain Dedication

To the extent possible under law, the people who made this work have waived all
copyright and related or neighbouring rights to it, worldwide. You can copy,
change, distribute and perform the work, even for commercial purposes, without
asking permission.

This covers every file in this folder: the film, its sound, its captions and
chapters, and its poster.

The whole legal text: https://creativecommons.org/publicdomain/zero/1.0/legalcode
`

export const ATTRIBUTION = `The Matinee Test Reel
2026, 1 minute, 1280 x 720, 24 frames a second
Made by the Matinee project with a program of its own.

CC0 1.0: no rights reserved, and no credit is required. If you like to give one:
"The Matinee Test Reel", the Matinee project, CC0 1.0.

The letters in the picture are drawn with Bricolage Grotesque, Hanken Grotesk and
Newsreader (SIL Open Font License 1.1). The typefaces themselves are not in this folder.
The sound is computed; nothing was recorded.
`
