/** Pages with a quiz. */
import "./quiz/quiz-player";
import "./quiz/quiz-timer";
import "./quiz/hot-spot";
